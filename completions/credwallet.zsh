#compdef credwallet
_credwallet() {
    local -a offered
    local typed=("${(@Q)words[2,CURRENT]}")
    offered=("${(@f)$(credwallet _complete "${typed[@]}" 2>/dev/null)}")
    if [[ -n "${offered[1]}" ]]; then
        compadd -a offered
    else
        _files
    fi
}
if [[ "${funcstack[1]}" == "_credwallet" ]]; then
    _credwallet "$@"
else
    compdef _credwallet credwallet
fi
