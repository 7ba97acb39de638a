import { computed, onUnmounted } from 'vue';
import { useI18n } from 'vue-i18n';
import { isReady } from './image-words.ts';
import { useImagesStore } from './images-store.ts';

/**
 * The guests that a lab may be started on, as a choice, kept up to date while the component is shown. Those that are
 * not ready are shown too, disabled: the page of images has them made.
 */
export function useGuestChoices() {
  const { t } = useI18n();
  const images = useImagesStore();
  onUnmounted(images.watch());

  return computed(() => [
    ...(images.images.length > 0 ? [] : [{ value: 'embedded', label: t('images.looking'), disabled: false }]),
    ...images.images.map(({ name, title, state, guest }) => {
      const ready = isReady({ name, guest });
      const label = name === 'embedded' ? t('images.embedded', { title }) : title;
      return {
        ...{ value: name, disabled: !ready },
        label: ready ? label : t('images.notReady', { title, state: t(`images.state.${state}`) }),
      };
    }),
  ]);
}
