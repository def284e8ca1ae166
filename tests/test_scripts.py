"""How the scripts install Debian packages: what the package brings decides, not what apt says of itself."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.repository import ROOT

APT = """#!/bin/sh
echo "$*" >>{home}/calls
case " $* " in *" install "*) {installs} ;; esac
exit {status}
"""


class Machine:
    """A machine on which `apt-get` and `sudo` are ours."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._program("sudo", '#!/bin/sh\nexec "$@"\n')

    def apt(self, *, installs: str = ":", status: int = 0) -> None:
        self._program("apt-get", APT.format(home=self.home, installs=installs, status=status))

    def need(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run(*(f"need {pair}" for pair in words))

    def run(self, *commands: str) -> subprocess.CompletedProcess[str]:
        line = ". scripts/debian.sh; " + "; ".join(commands)
        path = {"PATH": f"{self.home}:{os.environ['PATH']}"}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line], cwd=ROOT, env=path, capture_output=True, text=True, check=False
        )

    @property
    def calls(self) -> list[str]:
        calls = self.home / "calls"
        return calls.read_text().splitlines() if calls.exists() else []

    def _program(self, name: str, text: str) -> None:
        (self.home / name).write_text(text)
        (self.home / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_nothing_is_installed_when_the_proof_is_there(machine: Machine) -> None:
    machine.apt()
    assert machine.need("bash bash", "bash '/bin/bas*'").returncode == 0
    assert machine.calls == []


def test_the_proof_counts_and_not_the_exit_code(machine: Machine) -> None:
    machine.apt(installs=f"touch {machine.home}/brought", status=100)
    done = machine.need(f"a-package {machine.home}/brought")
    assert (done.returncode, done.stderr) == (0, "Cài gói Debian: a-package\n")


def test_without_the_proof_a_sentence_says_what_to_do(machine: Machine) -> None:
    machine.apt(installs="echo no such package")
    done = machine.need("a-package no-such-program")
    assert done.returncode == 1
    assert "Không cài được gói Debian “a-package”" in done.stderr
    assert "no such package" in done.stderr


def test_package_lists_are_refreshed_once(machine: Machine) -> None:
    machine.apt(installs=f"touch {machine.home}/one {machine.home}/two")
    machine.need(f"first {machine.home}/one", f"second {machine.home}/two", "third no-such-program")
    assert [call.split()[0] for call in machine.calls] == ["update", "install", "install"]


def test_what_is_only_wished_for_is_left_out_aloud(machine: Machine) -> None:
    machine.apt(installs="echo no such package")
    done = machine.run("wish a-package no-such-program 'old files'", "echo on we go")
    assert (done.returncode, done.stdout) == (0, "on we go\n")
    assert "Không có gói Debian “a-package”, nên bỏ qua: old files." in done.stderr
