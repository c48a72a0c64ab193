"""How a network learns, step by step: what every training of ours shares."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

WARMING = 0.08
"""The share of the steps over which the rate rises."""


def schedule(optim: torch.optim.Optimizer, total: int) -> torch.optim.lr_scheduler.LambdaLR:
    """A rate that rises, and then falls to almost nothing over ``total`` steps."""
    return torch.optim.lr_scheduler.LambdaLR(
        optim, lambda step: min((step + 1) / (WARMING * total), 1 - step / (total + 1))
    )


def learn(loss: Tensor, parameters: Iterable[nn.Parameter], optim: torch.optim.Optimizer) -> float:
    """One step away from the loss, never a leap; the loss."""
    optim.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(list(parameters), 1.0)
    optim.step()
    return float(loss.detach())
