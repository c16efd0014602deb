"""Who the server runs as: ourselves, or `nobody` where we are root (PostgreSQL refuses to run as root)."""

import os
import pwd
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framdrift.database.errors import ServerError


@dataclass(frozen=True, slots=True)
class Account:
    """The user and group of the server's processes and files; `switched` where that is not who we are."""

    name: str
    uid: int
    gid: int
    switched: bool

    def popen_arguments(self) -> Mapping[str, Any]:
        """What `subprocess` needs to run a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switched else {}

    def own(self, path: Path) -> None:
        if self.switched:
            os.chown(path, self.uid, self.gid)

    def closed_parent(self, path: Path) -> Path | None:
        """The first folder above `path` that this account may not pass through; None where the way is open."""
        if not self.switched:
            return None
        for folder in reversed(path.resolve().parents):
            if not folder.is_dir():
                return None
            if not self._may_pass(folder.stat()):
                return folder
        return None

    def _may_pass(self, folder: os.stat_result) -> bool:
        if folder.st_uid == self.uid:
            return bool(folder.st_mode & stat.S_IXUSR)
        if folder.st_gid == self.gid:
            return bool(folder.st_mode & stat.S_IXGRP)
        return bool(folder.st_mode & stat.S_IXOTH)


def server_account() -> Account:
    if os.geteuid() != 0:
        return Account(name="", uid=os.geteuid(), gid=os.getegid(), switched=False)
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise ServerError(
            "PostgreSQL does not run as root, and this machine has no user `nobody` to run it as: "
            "work as an ordinary user, or name a server in DATABASE_URL."
        ) from None
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid, switched=True)
