import { defineConfig } from 'vitest/config'

/** A slow or busy machine must not fail a test: speed is measured by `npm run bench`. */
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 120_000 } })
