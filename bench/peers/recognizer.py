"""Backbone with PYSKL's GCN head, built from a PYSKL configuration or by the name of a network."""

from torch import nn

from aagcn import AAGCN
from ctrgcn import CTRGCN
from graph import layout_with
from msg3d import MSG3D
from skateformer import RECIPES, TimedSkateFormer
from stgcnpp import STGCN

BACKBONES = {'STGCN': STGCN, 'AAGCN': AAGCN, 'MSG3D': MSG3D, 'CTRGCN': CTRGCN}

# What PYSKL's configurations set for the networks that the benchmark knows.
NETWORKS = {
    'stgcn': dict(type='STGCN', mode='stgcn_spatial'),
    'stgcnpp': dict(type='STGCN', mode='spatial', gcn_adaptive='init', gcn_with_res=True, tcn_type='mstcn'),
    'aagcn': dict(type='AAGCN', mode='spatial'),
    'msg3d': dict(type='MSG3D', mode='binary_adj'),
    'ctrgcn': dict(type='CTRGCN', mode='spatial'),
    'skateformer': dict(type='SkateFormer'),
}


class GCNHead(nn.Module):
    """Mean over time and joints, mean over persons, linear layer: (N, M, C, T, V) to (N, classes)."""

    def __init__(self, num_classes, in_channels, dropout=0., init_std=0.01):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(dropout) if dropout else None
        self.fc_cls = nn.Linear(in_channels, num_classes)
        nn.init.normal_(self.fc_cls.weight, std=init_std)
        nn.init.zeros_(self.fc_cls.bias)

    def forward(self, x):
        n, m, c, t, v = x.shape
        x = self.pool(x.view(n * m, c, t, v)).view(n, m, c).mean(dim=1)
        if self.dropout is not None:
            x = self.dropout(x)
        return self.fc_cls(x)


class RecognizerGCN(nn.Module):
    def __init__(self, backbone, cls_head):
        super().__init__()
        kind = backbone['type']
        self.backbone = BACKBONES[kind](**{k: v for k, v in backbone.items() if k != 'type'})
        self.cls_head = GCNHead(**{k: v for k, v in cls_head.items() if k != 'type'})

    def forward(self, keypoint):
        return self.cls_head(self.backbone(keypoint))


# Published shares of what training drops, of the networks that drop any; as bench/setting.ts has them.
DROPOUT = {'skateformer': dict(attn_drop=0.5, drop_path=0.2)}


def build(network, joints, persons, classes, dropout):
    """The named network at its published width, for clips (N, persons, T, joints, 3)."""
    if network not in NETWORKS:
        raise ValueError(f'network {network!r} has no PyTorch peer; known: {", ".join(NETWORKS)}')
    if network == 'skateformer':
        shares = DROPOUT[network] if dropout else {}
        return TimedSkateFormer(**RECIPES[joints], **shares, num_people=persons, num_classes=classes)
    options = dict(NETWORKS[network])
    graph_cfg = dict(layout=layout_with(joints), mode=options.pop('mode'))
    backbone = dict(options, graph_cfg=graph_cfg, num_person=persons)
    return RecognizerGCN(backbone, dict(num_classes=classes, in_channels=384 if network == 'msg3d' else 256))
