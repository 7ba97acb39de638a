import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export default defineConfig(
  { ignores: ['out/', 'dist/', 'coverage/', 'test-results/'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: [] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // An empty string is as good as none where words are chosen.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // A test's `it(async () => …)` and a generator of one shape need no await.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 12],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    // Tables of cases and `describe` blocks are long by nature.
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['resources/**/*.mjs', 'test/{bench,acceptance}/**/*.ts', 'test/run.ts', 'test/runner/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    plugins: {
      names: {
        rules: {
          'kebab-case-file': {
            create: (context) => ({
              Program(node) {
                const base = (context.filename.split('/').at(-1) ?? '').replace(
                  /^\.|\.(d|config|test|spec|base)?\.?(ts|mjs)$/g,
                  '',
                );
                if (!kebabCase.test(base)) {
                  context.report({ node, message: `File name '${base}' is not kebab-case.` });
                }
              },
            }),
          },
        },
      },
    },
    rules: { 'names/kebab-case-file': 'error' },
  },
  prettier,
);
