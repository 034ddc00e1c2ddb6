"""What a run needs of Google: identity, clock, scopes, the spreadsheet, archive and form, room under the quotas."""

from __future__ import annotations

from datetime import datetime

from sync.config import Config
from sync.doctor.check import Check, failed
from sync.doctor.google_objects import examine_archive, examine_book, examine_form, examine_spreadsheet
from sync.errors import AgendaError
from sync.workspace.google.admin.calls import AdminDrive
from sync.workspace.google.admin.session import Session
from sync.workspace.google.admin.signing_in import SignedIn, readable_by_others, secret_files, sign_in
from sync.workspace.google.errors import ScopeMissing
from sync.workspace.google.failures import CallFailed, operator_error

_SKEW_LOOK, _SKEW_STOP = 60, 300
"""Seconds. A signature is refused at about five minutes."""
_LOW_STORAGE = 200 * 2**20


def examine_google(settings: Config, session: Session, now: datetime) -> list[Check]:
    """Look at everything, the cheapest and most basic first; without a sign-in there is nothing more to see."""
    section = settings.google
    checks = [_identity(settings, session), *_files(settings)]
    try:
        signed = sign_in(session, section)
    except AgendaError as error:
        return [*checks, failed("signing in", error)]
    account = f"as {signed.account}" if signed.account else "the account that signed in is not named here"
    checks += [Check("signing in", True, account), _clock(signed), _scopes(signed)]
    drive = AdminDrive(session.transport)
    checks += examine_spreadsheet(settings, drive)
    checks += examine_book(settings, session, now)
    checks += examine_archive(settings, drive, owns_storage=session.identity.owns_storage)
    checks += examine_form(settings, session)
    if session.identity.owns_storage:
        checks.append(_storage(drive))
    rates = "60 reads and 60 writes a minute for this account, of which a run takes two each at most"
    return [*checks, Check("quota of calls", True, rates)]


def _identity(settings: Config, session: Session) -> Check:
    owns = "files belong to the person" if session.identity.owns_storage else "owns no storage: needs a shared drive"
    return Check("identity", True, f"{settings.google.identity}: {session.identity.place} ({owns})")


def _files(settings: Config) -> list[Check]:
    """The bits of the secret files. A saved login that others can read is refused before this is reached."""
    exposed = [path for path in secret_files(settings.google, settings.path.parent) if readable_by_others(path)]
    if exposed:
        named = ", ".join(str(path) for path in exposed)
        how = " ".join(f"chmod 600 {path};" for path in exposed)
        return [Check("secret files", False, f"{named}: others on this machine can read it; {how}")]
    return [Check("secret files", True, "readable by their owner alone")]


def _clock(signed: SignedIn) -> Check:
    skew = signed.skew
    if skew is None:
        return Check("clock", True, "Google's answer did not say the time")
    if abs(skew) <= _SKEW_LOOK:
        return Check("clock", True, f"{abs(skew)} seconds off Google's")
    way = "behind" if skew > 0 else "ahead of"
    step = "switch on time synchronisation (timedatectl set-ntp true; Windows: w32tm /resync)"
    urgency = "; soon nothing can sign in any more" if abs(skew) > _SKEW_STOP else ""
    return Check("clock", False, f"{abs(skew)} seconds {way} Google's{urgency}: {step}")


def _scopes(signed: SignedIn) -> Check:
    if signed.missing_scopes:
        listed = ", ".join(scope.rpartition("/")[2] for scope in signed.missing_scopes)
        return failed("scopes", ScopeMissing(f"the sign-in ({listed})"))
    return Check("scopes", True, "all that a run asks for")


def _storage(drive: AdminDrive) -> Check:
    try:
        quota = drive.about("storageQuota(limit,usage)").get("storageQuota", {})
    except CallFailed as error:
        return failed("storage", operator_error(error.failure, "Google Drive", "workspace.google"))
    limit, usage = int(quota.get("limit") or 0), int(quota.get("usage") or 0)
    if not limit:
        return Check("storage", True, f"{usage // 2**20} MiB used, no limit told")
    free = limit - usage
    enough = free >= _LOW_STORAGE
    step = "" if enough else ": empty the bin or buy space before the archive fills up"
    return Check("storage", enough, f"{free // 2**20} MiB free{step}")
