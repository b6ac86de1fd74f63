import type { Points } from '../skeleton/points.ts'
import type { PerceptualDeviation } from './perceptual-deviation.ts'

/** An attack, or something that it is compared with. */
export interface ReportedAttack {
  readonly name: string
  readonly description: string
  /** In the unit of the data. */
  readonly deviation: PerceptualDeviation
  /** By iteration; empty where there are none. */
  readonly objective: readonly number[]
}

/** What a victim makes of clips under an attack; shares in [0, 1]. */
export interface VictimUnderAttack {
  readonly attack: string
  /** Share of clips whose prediction changed. */
  readonly foolingRate: number
  readonly accuracy: number
}

export interface ReportedVictim {
  readonly name: string
  /** System that trained it. */
  readonly system: string
  /** On the clips as recorded, in [0, 1]. */
  readonly accuracy: number
  /** In the order of the attacks. */
  readonly attacks: readonly VictimUnderAttack[]
}

/** The numbers of a run of an attack, `attack.json`. */
export interface AttackResult {
  readonly attack: string
  readonly dataset: string
  readonly layout: string
  /** What coordinates count, where that is known. */
  readonly unit: string | null
  readonly clips: number
  readonly classes: number
  /** How far a coordinate may be moved, in the unit of the data. */
  readonly budget: number
  /** The attack first, then what it is compared with. */
  readonly attacks: readonly ReportedAttack[]
  readonly victims: readonly ReportedVictim[]
}

/** A clip to look at. */
export interface AttackExample {
  readonly id: string
  readonly label: string
  readonly clean: Points
  readonly attacked: Points
  readonly frameRate?: number
  /** What each victim saw in it, before and under the attack. */
  readonly predictions: readonly { readonly victim: string; readonly clean: string; readonly attacked: string }[]
}

/** Everything that the page of an attack shows. */
export interface AttackReport {
  readonly title: string
  readonly synthetic: boolean
  readonly result: AttackResult
  readonly examples: readonly AttackExample[]
  readonly options: Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}
