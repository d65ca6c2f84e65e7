_credwallet() {
    local IFS=$'\n'
    COMPREPLY=($(credwallet _complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    [[ ${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
}
complete -F _credwallet credwallet
