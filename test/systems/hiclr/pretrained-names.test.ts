import { describe, expect, it } from 'vitest'
import { evaluatedName } from '../../../src/systems/hiclr/pretrained-names.ts'

describe('names of a pre-training checkpoint', () => {
  it('leave out what belongs to pre-training', () => {
    for (const name of ['encoder_q.fc.0.weight', 'encoder_k.A', 'queue', 'queue_ptr', 'mask_param'])
      expect(evaluatedName(name)).toBeUndefined()
  })

  it('number edge importances from 1', () => {
    expect(evaluatedName('encoder_q.edge_importance.0')).toBe('encoder_q.edge_importance1')
    expect(evaluatedName('encoder_q.edge_importance10')).toBe('encoder_q.edge_importance10')
    expect(evaluatedName('encoder_q.st_gcn_networks.0.gcn.conv.bias')).toBe('encoder_q.st_gcn_networks.0.gcn.conv.bias')
  })
})
