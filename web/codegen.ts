import type { CodegenConfig } from '@graphql-codegen/cli'

/** What the sign-in page asks: sent without Apollo, which is most of what the page would weigh. */
const plainDocuments = 'src/features/session/front-door-operations.ts'

const config = {
  scalars: { DateTime: 'string', ID: 'string' },
  strictScalars: true,
  enumsAsTypes: true,
  useTypeImports: true,
}

const codegen: CodegenConfig = {
  schema: '../schema.graphql',
  generates: {
    'src/graphql/generated/': {
      documents: ['src/**/*.{ts,tsx}', '!src/graphql/**', `!${plainDocuments}`],
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' }, skipIndexFile: true },
      config,
    },
    'src/graphql/generated/plain/': {
      documents: [plainDocuments],
      preset: 'client',
      presetConfig: { fragmentMasking: false, skipIndexFile: true },
      config: { ...config, documentMode: 'string' },
    },
  },
}

export default codegen
