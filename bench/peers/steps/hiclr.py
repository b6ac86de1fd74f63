"""HiCLR's pre-training step on the ST-GCN encoder, without mining."""

import time

import torch
from torch.nn.functional import normalize

import fill
from graph import authors_layout
from hiclr import Pretraining, STGCNEncoder

# As bench/setting.ts has them.
FEATURE_DIM, QUEUE_SIZE, MASK_RATIO, DROPOUT = 128, 32768, 0.1, 0.5
LEARNING_RATE = 0.0005


def prepare(options):
    layout = authors_layout(options.joints)
    dropout = DROPOUT if options.dropout else 0
    network = Pretraining(
        lambda: STGCNEncoder(FEATURE_DIM, mlp=True, dropout=dropout, layout=layout), FEATURE_DIM, QUEUE_SIZE)
    fill.fill(network, keep=['A'])
    with torch.no_grad():
        network.queue.copy_(normalize(network.queue, dim=0))
    if options.compile:
        network.encoder_q.compile()
        network.encoder_k.compile()
    shape = (options.clips, options.persons, options.frames, options.joints, 3)
    views = [torch.from_numpy(fill.signal(f'bench.view.{i}', shape)) for i in range(4)]
    mask = torch.from_numpy((fill.hashed('bench.mask', shape[2:4]) >= MASK_RATIO).astype('float32'))
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.SGD(trained, lr=LEARNING_RATE, momentum=0.9, weight_decay=1e-4)
    network.train()

    def run():
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = network(*views, mask)
        loss.backward()
        optimizer.step()
        value = loss.item()
        return (time.perf_counter() - start) * 1000, value

    return run
