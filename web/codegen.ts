import { createHash } from 'node:crypto'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'

/** What the sign-in page asks: sent without Apollo, which is most of what the page would weigh. */
const plainDocuments = 'src/features/session/front-door-operations.ts'

/** The list of operations that the server knows by their hashes (server/src/graphql/known-operations.ts). */
const persistedDocuments = {
  hashAlgorithm: (text: string) => createHash('sha256').update(text).digest('hex'),
}

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
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' }, skipIndexFile: true, persistedDocuments },
      // Apollo asks for it everywhere; then it stands in the list of operations as well.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config,
    },
    'src/graphql/generated/plain/': {
      documents: [plainDocuments],
      preset: 'client',
      presetConfig: { fragmentMasking: false, skipIndexFile: true, persistedDocuments },
      config: { ...config, documentMode: 'string' },
    },
  },
}

export default codegen
