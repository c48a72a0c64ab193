"""How a network learns, step by step: what every training of ours shares."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

WARMING = 0.08
"""The share of the steps over which the rate rises."""


def schedule(optim: torch.optim.Optimizer, total: int) -> torch.optim.lr_scheduler.LambdaLR:
    """A rate that rises, and then falls to almost nothing over ``total`` steps."""
    return torch.optim.lr_scheduler.LambdaLR(
        optim, lambda step: min((step + 1) / (WARMING * total), 1 - step / (total + 1))
    )


def average(network: nn.Module, kept: float) -> AveragedModel:
    """A running average of a network's weights, of which each step leaves the share ``kept``; 0: just the last weights.

    Source: Polyak and Juditsky (1992); as an exponential average, Tarvainen and Valpola (2017).
    """
    return AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(kept))  # type: ignore[no-untyped-call]


def learn(loss: Tensor, parameters: Iterable[nn.Parameter], optim: torch.optim.Optimizer) -> float:
    """One step away from the loss, never a leap; the loss."""
    optim.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(list(parameters), 1.0)
    optim.step()
    return float(loss.detach())
