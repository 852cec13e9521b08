//! What `--help` says: all of it on one screen of 80×24.

/// The whole program at a glance.
pub(super) const OVERVIEW: &str = "\
Reads a leaked mailbox over SSH, conversation by conversation.

  tranche [MAILBOX]          read it; ? shows the keys; without one, the sample
  tranche COMMAND MAILBOX …  print something of it; COMMAND --help says more

  list [QUERY]  threads [QUERY]   messages, conversations that match
  show MESSAGE  cite MESSAGE      one message (17, '<id>', @OFFSET, sha256:HEX)
  count                           who of the watchlist is named, and how often
  index  purge                    index it now; list and delete what is kept
  config  completions SHELL  man  without a mailbox: your habits, shell, manual

  --watchlist FILE  --no-watchlist      whom to look for; nobody
  --config FILE  --data DIR  --cache DIR    your habits; where things are kept
  --no-trace  --color auto|always|never     keep nothing; when to use colours
  --follow  --json                          read what is appended; for scripts
  -h, --help  -V, --version                 help; version

Examples:
  tranche leak.mbox                         an mbox, also .gz or .zst
  zstd -dc leak.mbox.zst | tranche -        read what another program unpacks
  tranche list leak.mbox 'from:anna date:2017-02 body:\"le pen\"'
  tranche count leak.mbox --watchlist mine.toml --csv > count.csv
  tranche show leak.mbox 17 --raw | sha256sum   check a digest";

/// Where completions go.
pub(super) const COMPLETIONS: &str = "\
Examples:
  tranche completions bash > ~/.local/share/bash-completion/completions/tranche
  tranche completions zsh > ~/.zfunc/_tranche      (~/.zfunc in fpath)
  tranche completions fish > ~/.config/fish/completions/tranche.fish";

/// Where the manual goes.
pub(super) const MANUAL: &str = "\
Example:
  mkdir -p ~/.local/share/man/man1
  tranche man > ~/.local/share/man/man1/tranche.1";
