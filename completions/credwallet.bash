_credwallet() {
    local word typed=("${COMP_WORDS[@]:1:COMP_CWORD}")
    local last=$((${#typed[@]} - 1))
    COMPREPLY=()
    [[ $last -ge 0 ]] && typed[last]=${typed[last]//\\/}
    while IFS= read -r word; do
        printf -v word '%q' "$word"
        COMPREPLY+=("$word")
    done < <(credwallet _complete "${typed[@]}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
    return 0
}
complete -F _credwallet credwallet
