"""What can be wrong with a journal. "Absent" is none of these: an absent journal is made."""


class JournalError(Exception):
    """The journal cannot be used; the message is for people."""


class JournalUnreadable(JournalError):
    """There is a file, but it cannot be read. It is left as it is."""


class JournalTooNew(JournalError):
    """A newer version of the app wrote this file."""


class JournalUnwritable(JournalError):
    """The folder or the file cannot be written."""
