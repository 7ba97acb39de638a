// vue-tsc knows each component's own type; tools that do not read .vue files see this.
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
