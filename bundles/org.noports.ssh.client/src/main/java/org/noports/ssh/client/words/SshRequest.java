package org.noports.ssh.client.words;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code noports ssh} was asked for.
 *
 * @param login where to, and as whom
 * @param work what to do there
 * @param what the command, the subsystem's name or the place; empty for a shell and for nothing
 * @param pty whether there is to be a terminal
 * @param forwards what goes through beside it
 * @param strictForwards whether all ends if one of them cannot be
 * @param everywhere whether forwards listen at every address unless they say which
 * @param agent whether the agent goes along
 * @param noInput whether nothing is sent
 * @param escape the key behind a new line that begins an order to us; empty for none
 * @param variables of the environment there
 */
public record SshRequest(
    LoginRequest login,
    Work work,
    Optional<String> what,
    Pty pty,
    List<PortForward> forwards,
    boolean strictForwards,
    boolean everywhere,
    boolean agent,
    boolean noInput,
    OptionalInt escape,
    Map<String, String> variables) {
  /** What to do there. */
  public enum Work {
    /** A login shell. */
    SHELL,
    /** A command. */
    COMMAND,
    /** A subsystem, {@code -s}. */
    SUBSYSTEM,
    /** Forwards alone, {@code -N}. */
    NOTHING,
    /** A connection to a place there, {@code -W}. */
    PLACE
  }

  /** Whether there is to be a terminal. */
  public enum Pty {
    /** {@code -T}. */
    NEVER,
    /** For a shell at a terminal. */
    USUAL,
    /** {@code -t}: for a command at a terminal, too. */
    ASKED,
    /** {@code -tt}: even without one here. */
    FORCED
  }

  public SshRequest {
    requireNonNull(login, "login is null");
    requireNonNull(work, "work is null");
    requireNonNull(what, "what is null");
    requireNonNull(pty, "pty is null");
    forwards = List.copyOf(forwards);
    requireNonNull(escape, "escape is null");
    variables = Map.copyOf(variables);
  }
}
