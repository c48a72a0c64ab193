"""Detectors: each looks through a coded session for places worth showing and yields a finding for each.

A detector is a module with ``KINDS``, the kinds of finding it yields, and
``detect(coded: Coded) -> Iterator[Finding]``.
"""
