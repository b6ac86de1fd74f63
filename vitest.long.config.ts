import { defineConfig } from 'vitest/config'

/** Tests that take minutes (`npm run long`); the usual run does not see them by their name. */
export default defineConfig({ test: { include: ['test/long/**/*.long.ts'], fileParallelism: false } })
