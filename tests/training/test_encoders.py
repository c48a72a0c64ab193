from pathlib import Path

import numpy as np
import pytest

from transcript_rapport.coder import weights
from transcript_rapport.coder.batches import Tokens
from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.engine import Engine
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.network import Still
from transcript_rapport.errors import SettingsError
from transcript_rapport.training import encoders

WORDS = ["<s>", "<pad>", "</s>", "<unk>", "how", "are", "you", "fine", "?"]
UNITS = [Unit("how are you ?", "practitioner", 0), Unit("fine", "client", 1)]


@pytest.fixture
def roberta(tmp_path: Path) -> Path:
    """A RoBERTa of random weights, as transformers saves it."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import RobertaConfig, RobertaModel

    config = RobertaConfig(
        vocab_size=len(WORDS),
        hidden_size=12,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=24,
        max_position_embeddings=80,
    )
    RobertaModel(config).save_pretrained(tmp_path)
    words = Tokenizer(WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="<unk>"))
    words.pre_tokenizer = Whitespace()
    words.save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def test_another_encoder_by_its_folder(roberta: Path, tmp_path: Path) -> None:
    coder = encoders.start(encoders.find(str(roberta)), hearing=1)
    engine = Engine(Still(weights.settle(coder)), Tokens(encoders.tokenizer(roberta, tmp_path)))
    before = engine.logits(UNITS)
    assert before["codes"].shape == (2, len(encoders.HEADS["codes"]))
    weights.save(tmp_path / "out", coder, roberta / "tokenizer.json", Calibration({}, {}), {})
    read = weights.load(tmp_path / "out")
    assert read.shape.foreign
    after = Engine(Still(read.network), Tokens(read.tokenizer)).logits(UNITS)
    assert np.allclose(before["codes"], after["codes"], atol=1e-4)


def test_an_encoder_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(SettingsError, match="no-such-encoder"):
        encoders.find("no-such-encoder")
