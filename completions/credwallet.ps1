Register-ArgumentCompleter -Native -CommandName credwallet -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { "$_" })
    credwallet _complete @typed "$wordToComplete" 2>$null | ForEach-Object {
        $text = $_
        if ($text -notmatch '^[\w./=+-]+$') {
            $text = "'" + $text.Replace("'", "''") + "'"
        }
        [System.Management.Automation.CompletionResult]::new(
            $text, $_, 'ParameterValue', $_)
    }
}
