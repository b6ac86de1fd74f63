"""An iteration of the SMI attack on the graph encoder; candidates and coefficients are given."""

import time

import torch

import fill
from graph import authors_layout
from smi import Attack, GraphEncoder

# As bench/setting.ts has them.
CENTRES, NUM_CLASS, STEP_SIZE, BUDGET = 110, 128, 0.05, 1.


def prepare(options):
    encoder = GraphEncoder(NUM_CLASS, options.persons, layout=authors_layout(options.joints))
    fill.fill(encoder, keep=['A'])
    encoder.eval().requires_grad_(False)
    shape = (options.clips, options.persons, options.frames, options.joints, 3)

    def signal(name, shape=shape):
        return torch.from_numpy(fill.signal(f'bench.{name}', shape))

    candidates = signal('candidates', (options.clips, options.clips + CENTRES, encoder.fc.in_features))
    features = torch.compile(encoder.features) if options.compile else encoder.features
    attack = Attack(
        features, signal('keypoint'), candidates, signal('first'), signal('second'), STEP_SIZE, BUDGET)

    def run():
        start = time.perf_counter()
        objective = attack.iterate()
        return (time.perf_counter() - start) * 1000, objective

    return run
