Register-ArgumentCompleter -Native -CommandName credwallet -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { "$_" })
    credwallet _complete @typed "$wordToComplete" 2>$null | ForEach-Object {
        $text = $_
        if ($text -notmatch '^[\w./=+-]+$') {
            # Curly quotes end a quoted word there as well.
            $code = [System.Management.Automation.Language.CodeGeneration]
            $text = "'" + $code::EscapeSingleQuotedStringContent($text) + "'"
        }
        [System.Management.Automation.CompletionResult]::new(
            $text, $_, 'ParameterValue', $_)
    }
}
