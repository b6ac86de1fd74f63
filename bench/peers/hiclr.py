"""HiCLR's encoders and pre-training step (Zhang, Lin, Liu, arXiv 2211.13466; JHang2020/HiCLR, MIT), re-expressed.

Clips are (N, M, T, V, C) here; parameter names are those of the authors.
"""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy, log_softmax, normalize, softmax

from graph import LAYOUTS, hop_partitions

DSTA_BLOCKS = [
    (32, 32, 16, 1), (32, 32, 16, 1), (32, 64, 16, 2), (64, 64, 16, 1), (64, 128, 32, 2), (128, 128, 32, 1),
    (128, 128, 32, 1), (128, 256, 32, 1)]


def head(width, outputs, mlp):
    last = nn.Linear(width, outputs)
    return nn.Sequential(nn.Linear(width, width), nn.ReLU(), last) if mlp else last


class GraphConvolution(nn.Module):
    def __init__(self, channels, outputs, subsets):
        super().__init__()
        self.subsets = subsets
        self.conv = nn.Conv2d(channels, outputs * subsets, 1)

    def forward(self, x, graph):
        n, _, t, v = x.shape
        y = self.conv(x).view(n, self.subsets, -1, t, v)
        return torch.einsum('nkctv,kvw->nctw', y, graph).contiguous()


class STGCNBlock(nn.Module):
    def __init__(self, channels, outputs, subsets, stride, dropout, residual):
        super().__init__()
        self.gcn = GraphConvolution(channels, outputs, subsets)
        self.tcn = nn.Sequential(
            nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, (9, 1), (stride, 1), (4, 0)), nn.BatchNorm2d(outputs),
            nn.Dropout(dropout, inplace=True))
        self.kept = residual
        if residual and (channels != outputs or stride != 1):
            self.residual = nn.Sequential(nn.Conv2d(channels, outputs, 1, (stride, 1)), nn.BatchNorm2d(outputs))
        else:
            self.residual = nn.Identity()

    def forward(self, x, graph):
        y = self.tcn(self.gcn(x, graph))
        return torch.relu(y + self.residual(x) if self.kept else y)


class STGCNEncoder(nn.Module):
    def __init__(self, outputs, mlp, channels=3, hidden_channels=16, hidden_dim=256, dropout=0.5, layout='ntu-rgb+d'):
        super().__init__()
        joints, centre, inward = LAYOUTS[layout]
        graph = np.stack(hop_partitions(joints, centre, inward, 1)).astype(np.float32)
        self.register_buffer('A', torch.from_numpy(graph))
        self.data_bn = nn.BatchNorm1d(channels * joints)
        h = hidden_channels
        widths = [h, h, h, h, 2 * h, 2 * h, 2 * h, 4 * h, 4 * h, hidden_dim]
        strides = [1, 1, 1, 1, 2, 1, 1, 2, 1, 1]
        self.st_gcn_networks = nn.ModuleList(
            STGCNBlock(before, width, len(graph), stride, dropout if i else 0, i > 0)
            for i, (before, width, stride) in enumerate(zip([channels] + widths, widths, strides)))
        for i in range(len(widths)):
            self.register_parameter(f'edge_importance{i + 1}', nn.Parameter(torch.ones(graph.shape)))
        self.fc = head(hidden_dim, outputs, mlp)

    def features(self, x):
        n, m, t, v, c = x.shape
        x = self.data_bn(x.permute(0, 1, 3, 4, 2).reshape(n * m, v * c, t))
        x = x.view(n * m, v, c, t).permute(0, 2, 3, 1).contiguous()
        for i, block in enumerate(self.st_gcn_networks):
            x = block(x, self.A * getattr(self, f'edge_importance{i + 1}'))
        return x.mean((2, 3)).view(n, m, -1).mean(1)

    def forward(self, x):
        return self.fc(self.features(x))


def normalised(*arguments, **options):
    conv = nn.Conv2d(*arguments, **options)
    return nn.Sequential(conv, nn.BatchNorm2d(conv.out_channels))


class Encoding(nn.Module):
    def __init__(self, channels, frames, joints, axis):
        super().__init__()
        position = np.arange(joints if axis == 'joint' else frames)
        rate = np.exp(-np.arange(0, channels, 2) * np.log(10000.0) / channels)
        angle = rate[:, None] * position
        table = np.stack([np.sin(angle), np.cos(angle)], 1).reshape(channels, -1).astype(np.float32)
        table = table[:, None, :] if axis == 'joint' else table[:, :, None]
        self.register_buffer('pe', torch.from_numpy(table.copy()).expand(channels, frames, joints)[None].clone())

    def forward(self, x):
        return x + self.pe[:, :, :x.shape[2]]


class DSTABlock(nn.Module):
    def __init__(self, channels, outputs, inter, stride, joints, frames, subsets=3, att_s=True, glo_reg_s=True,
                 att_t=True, glo_reg_t=False, use_spatial_att=True, use_temporal_att=True, use_pes=True, use_pet=True,
                 attentiondrop=0.):
        super().__init__()
        self.subsets, self.use_pes, self.use_pet = subsets, use_pes, use_pet
        self.use_spatial_att, self.use_temporal_att = use_spatial_att, use_temporal_att
        if use_spatial_att:
            self.pes = Encoding(channels, frames, joints, 'joint')
            self.ff_nets = normalised(outputs, outputs, 1)
            self.in_nets = nn.Conv2d(channels, 2 * subsets * inter, 1) if att_s else None
            self.alphas = nn.Parameter(torch.ones(1, subsets, 1, 1)) if att_s else None
            self.attention0s = nn.Parameter(torch.ones(1, subsets, joints, joints) / joints) if glo_reg_s else None
            self.out_nets = normalised(subsets * channels, outputs, 1)
        else:
            self.out_nets = normalised(channels, outputs, (1, 3), padding=(0, 1))
        if use_temporal_att:
            self.pet = Encoding(outputs, frames, joints, 'frame')
            self.ff_nett = normalised(outputs, outputs, 1, stride=(stride, 1))
            self.in_nett = nn.Conv2d(outputs, 2 * subsets * inter, 1) if att_t else None
            self.alphat = nn.Parameter(torch.ones(1, subsets, 1, 1)) if att_t else None
            self.attention0t = nn.Parameter(torch.eye(frames).repeat(1, subsets, 1, 1)) if glo_reg_t else None
            self.out_nett = normalised(subsets * outputs, outputs, 1)
        else:
            self.out_nett = normalised(outputs, outputs, (7, 1), stride=(stride, 1), padding=(3, 0))
        changed = channels != outputs or stride != 1
        project = lambda *arguments, **options: normalised(*arguments, **options) if changed else nn.Identity()
        self.downs1 = project(channels, outputs, 1) if use_spatial_att else None
        self.downs2 = project(channels, outputs, 1)
        self.downt1 = project(outputs, outputs, 1) if use_temporal_att else None
        self.downt2 = project(outputs, outputs, 1, stride=(stride, 1))
        self.relu, self.drop = nn.LeakyReLU(0.1), nn.Dropout(attentiondrop)

    def attention(self, x, compare, factors, own):
        """x (N, C, T, V) to the map (N, S, V, V)."""
        n, _, t, v = x.shape
        total = torch.zeros(n, self.subsets, v, v, dtype=x.dtype)
        if compare is not None:
            q, k = compare(x).view(n, 2 * self.subsets, -1, t, v).chunk(2, 1)
            total = total + torch.tanh(torch.einsum('nsctu,nsctv->nsuv', q, k) / (q.shape[2] * t)) * factors
        return total if own is None else total + own

    def forward(self, x):
        n, _, t, v = x.shape
        if self.use_spatial_att:
            graph = self.attention(self.pes(x) if self.use_pes else x, self.in_nets, self.alphas, self.attention0s)
            y = torch.einsum('nctu,nsuv->nsctv', x, graph).reshape(n, -1, t, v)
            y = self.relu(self.downs1(x) + self.out_nets(y))
            y = self.relu(self.downs2(x) + self.ff_nets(y))
        else:
            y = self.relu(self.downs2(x) + self.out_nets(x))
        residual = self.drop(self.downt2(y))
        if not self.use_temporal_att:
            return self.relu(residual + self.out_nett(y))
        numbered = self.pet(y) if self.use_pet else y
        graph = self.attention(numbered.transpose(2, 3), self.in_nett, self.alphat, self.attention0t)
        z = torch.einsum('nctv,nstr->nscrv', y, graph).reshape(n, -1, t, v)
        z = self.relu(self.downt1(y) + self.out_nett(z))
        return self.relu(residual + self.ff_nett(z))


class DSTAEncoder(nn.Module):
    def __init__(self, outputs, mlp, blocks=DSTA_BLOCKS, joints=25, frames=50, channels=3, **attention):
        super().__init__()
        width = blocks[0][0]
        self.proj = nn.Conv2d(channels, width, 1)
        self.input_map = nn.Sequential(nn.BatchNorm2d(width), nn.LeakyReLU(0.1))
        layers = []
        for before, after, inter, stride in blocks:
            layers.append(DSTABlock(before, after, inter, stride, joints, frames, **attention))
            frames = int(frames / stride + 0.5)
        self.graph_layers = nn.ModuleList(layers)
        self.fc = head(blocks[-1][1], outputs, mlp)

    def features(self, x):
        n, m, t, v, c = x.shape
        x = self.input_map(self.proj(x.reshape(n * m, t, v, c).permute(0, 3, 1, 2)))
        for layer in self.graph_layers:
            x = layer(x)
        return x.mean((2, 3)).view(n, m, -1).mean(1)

    def forward(self, x):
        return self.fc(self.features(x))


class Pretraining(nn.Module):
    """Both encoders, the queue and the loss of one step."""

    def __init__(self, encoder, feature_dim=128, queue_size=32768, momentum=0.999, temperature=0.07):
        super().__init__()
        self.momentum, self.temperature = momentum, temperature
        self.mask_param = nn.Parameter(torch.zeros(1))
        self.encoder_q, self.encoder_k = encoder(), encoder()
        for parameter in self.encoder_k.parameters():
            parameter.requires_grad = False
        self.register_buffer('queue', normalize(torch.randn(feature_dim, queue_size), dim=0))
        self.register_buffer('queue_ptr', torch.zeros(1, dtype=torch.long))

    def forward(self, query_basic, key_basic, normal, strong, mask, topk=0):
        """Loss of four views; `mask` (T, V) is 0 where joints are covered; topk > 0: nearest columns are positives."""
        strong = torch.where(mask[:, :, None] > 0, strong, self.mask_param)
        queries = [normalize(self.encoder_q(view), dim=1) for view in (query_basic, normal, strong)]
        with torch.no_grad():
            for slow, fast in zip(self.encoder_k.parameters(), self.encoder_q.parameters()):
                slow.mul_(self.momentum).add_(fast, alpha=1 - self.momentum)
            key = normalize(self.encoder_k(key_basic), dim=1)
        queue = self.queue.clone()
        logits = [
            torch.cat([(query * key).sum(1, keepdim=True), query @ queue], 1) / self.temperature for query in queries]
        if topk:
            nearest = torch.cat([l[:, 1:].topk(topk).indices + 1 for l in logits], 1)
            positive = torch.zeros_like(logits[0]).scatter_(1, nearest, 1.)
            positive[:, 0] = 1
            contrast = -((log_softmax(logits[0], 1) * positive).sum(1) / positive.sum(1)).mean()
        else:
            contrast = cross_entropy(logits[0], torch.zeros(len(key), dtype=torch.long))
        weaker = [softmax(l.detach(), 1) for l in logits]
        consistency = [cross_entropy(logits[1], weaker[0]), cross_entropy(logits[2], weaker[1])]
        at = int(self.queue_ptr)
        self.queue[:, at:at + len(key)] = key.T
        self.queue_ptr[0] = (at + len(key)) % self.queue.shape[1]
        return contrast + sum(consistency) / 2
