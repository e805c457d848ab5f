# Completion of noports in bash. Copy it to /etc/bash_completion.d/ or ~/.local/share/bash-completion/completions/, or source it.
# A running instance is asked for what it knows: commands, options, atSigns, relays, sessions. None is started for a TAB.
_noports() {
  local line=${COMP_LINE:0:COMP_POINT} words word prefix candidates
  read -ra words <<<"$line"
  [[ $line == *' ' ]] && words+=('')
  local program=${words[0]} options=()
  words=("${words[@]:1}")
  while [ ${#words[@]} -gt 1 ]; do
    case ${words[0]} in
      --instance | --home) options+=("${words[@]:0:2}"); words=("${words[@]:2}") ;;
      --instance=* | --home=* | --system) options+=("${words[0]}"); words=("${words[@]:1}") ;;
      *) break ;;
    esac
  done
  [ ${#words[@]} -eq 0 ] && words=('')
  word=${words[-1]}
  candidates=$("$program" "${options[@]}" __complete "${words[@]}" 2>/dev/null)
  if [ ${#words[@]} -eq 1 ]; then
    candidates+=$'\n'$'up\ndown\nstatus\nconsole\nhelp\nproxy\nssh\ndemo\n--version\n--instance\n--home\n--system'
  fi
  # Bash has cut the word at its own separators (@ and : are some): only what is behind them may be answered.
  prefix=${word%"${COMP_WORDS[COMP_CWORD]}"}
  COMPREPLY=()
  local candidate
  while IFS= read -r candidate; do
    [ -n "$candidate" ] && [[ $candidate == "$word"* ]] && COMPREPLY+=("${candidate#"$prefix"}")
  done <<<"$candidates"
}
complete -o default -F _noports noports ./noports
