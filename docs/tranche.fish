# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_tranche_global_optspecs
    string join \n follow watchlist= no-watchlist color= no-trace config= cache= data= h/help V/version
end

function __fish_tranche_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_tranche_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_tranche_using_subcommand
    set -l cmd (__fish_tranche_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c tranche -n "__fish_tranche_needs_command" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_needs_command" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_needs_command" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_needs_command" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_needs_command" -l follow -d 'Read what is appended to the mailbox, as with F'
complete -c tranche -n "__fish_tranche_needs_command" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_needs_command" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_needs_command" -s V -l version -d 'Print version'
complete -c tranche -n "__fish_tranche_needs_command" -a "list" -d 'Print the messages that match, in mailbox order'
complete -c tranche -n "__fish_tranche_needs_command" -a "show" -d 'Print one message as a person reads it'
complete -c tranche -n "__fish_tranche_needs_command" -a "cite" -d 'Print a citation: where a message stands, digest, id and date'
complete -c tranche -n "__fish_tranche_needs_command" -a "threads" -d 'Print the conversations with a message that matches'
complete -c tranche -n "__fish_tranche_needs_command" -a "count" -d 'Count how often each candidate is named, and where'
complete -c tranche -n "__fish_tranche_needs_command" -a "index" -d 'Index the mailbox now, keep the index, and say how fast'
complete -c tranche -n "__fish_tranche_needs_command" -a "config" -d 'Print the settings in force, and where each is from'
complete -c tranche -n "__fish_tranche_needs_command" -a "completions" -d 'Print what lets a shell complete these commands'
complete -c tranche -n "__fish_tranche_needs_command" -a "man" -d 'Print the manual page'
complete -c tranche -n "__fish_tranche_needs_command" -a "purge" -d 'List what is kept about a mailbox, then delete it'
complete -c tranche -n "__fish_tranche_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tranche -n "__fish_tranche_using_subcommand list" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand list" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand list" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand list" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand list" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand list" -l json -d 'One JSON object a line'
complete -c tranche -n "__fish_tranche_using_subcommand list" -l full -d 'With --json: all that `show --json` prints'
complete -c tranche -n "__fish_tranche_using_subcommand list" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand list" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand show" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand show" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand show" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand show" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand show" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand show" -l headers -d 'Every header field, decoded'
complete -c tranche -n "__fish_tranche_using_subcommand show" -l raw -d 'Its own bytes, exactly'
complete -c tranche -n "__fish_tranche_using_subcommand show" -l parts -d 'The MIME tree'
complete -c tranche -n "__fish_tranche_using_subcommand show" -l json -d 'One JSON object'
complete -c tranche -n "__fish_tranche_using_subcommand show" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand show" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand cite" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand cite" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand cite" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand cite" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand cite" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand cite" -l json -d 'One JSON object'
complete -c tranche -n "__fish_tranche_using_subcommand cite" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand cite" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand cite" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand threads" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand threads" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand threads" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand threads" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand threads" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand threads" -l json -d 'One JSON object a line'
complete -c tranche -n "__fish_tranche_using_subcommand threads" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand threads" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand threads" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand count" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand count" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand count" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand count" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand count" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand count" -l json -d 'One JSON object a line'
complete -c tranche -n "__fish_tranche_using_subcommand count" -l csv -d 'For a spreadsheet'
complete -c tranche -n "__fish_tranche_using_subcommand count" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand count" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand count" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand index" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand index" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand index" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand index" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand index" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand index" -l json -d 'One JSON object'
complete -c tranche -n "__fish_tranche_using_subcommand index" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand index" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand index" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand config" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand config" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand config" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand config" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand config" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand config" -l json -d 'One JSON object a line'
complete -c tranche -n "__fish_tranche_using_subcommand config" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand config" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand completions" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand completions" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand completions" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand completions" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand completions" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand completions" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand completions" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand man" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand man" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand man" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand man" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand man" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand man" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand man" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand purge" -l watchlist -d 'Whom to look for, in place of the usual watchlist; again for more' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand purge" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c tranche -n "__fish_tranche_using_subcommand purge" -l config -d 'Your habits, in place of config.toml of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand purge" -l cache -d 'Where the index is kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand purge" -l data -d 'Where positions are kept, in place of the usual folder' -r -F
complete -c tranche -n "__fish_tranche_using_subcommand purge" -l yes -d 'Do not ask'
complete -c tranche -n "__fish_tranche_using_subcommand purge" -l no-watchlist -d 'Look for nobody'
complete -c tranche -n "__fish_tranche_using_subcommand purge" -l no-trace -d 'Keep nothing on disk about what is read'
complete -c tranche -n "__fish_tranche_using_subcommand purge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "list" -d 'Print the messages that match, in mailbox order'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "show" -d 'Print one message as a person reads it'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "cite" -d 'Print a citation: where a message stands, digest, id and date'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "threads" -d 'Print the conversations with a message that matches'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "count" -d 'Count how often each candidate is named, and where'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "index" -d 'Index the mailbox now, keep the index, and say how fast'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "config" -d 'Print the settings in force, and where each is from'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "completions" -d 'Print what lets a shell complete these commands'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "man" -d 'Print the manual page'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "purge" -d 'List what is kept about a mailbox, then delete it'
complete -c tranche -n "__fish_tranche_using_subcommand help; and not __fish_seen_subcommand_from list show cite threads count index config completions man purge help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
