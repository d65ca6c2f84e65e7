function __credwallet
    set -l words (commandline -opc) (commandline -ct)
    credwallet _complete $words[2..-1] 2>/dev/null
end
complete -c credwallet -a '(__credwallet)'
