export { renderReport } from './render-report.ts'
export type * from './report-data.ts'
