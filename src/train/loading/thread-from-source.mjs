// In a checkout the sources run as they are; the published package holds compiled files only.
import { register } from 'tsx/esm/api'

register()
await import('./thread.ts')
