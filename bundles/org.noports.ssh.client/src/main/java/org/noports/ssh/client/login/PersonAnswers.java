package org.noports.ssh.client.login;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.session.SessionContext;
import org.noports.api.door.CallerTerminal;
import org.noports.ssh.client.words.LoginRequest;

/** Asks the person at the terminal for passwords and passphrases; without one nobody answers. */
final class PersonAnswers implements UserInteraction, FilePasswordProvider {
  /** As often as OpenSSH asks. */
  private static final int TRIES = 3;

  private final Optional<CallerTerminal> terminal;
  private final LoginRequest asked;
  private final Talk talk;
  private int passwords;

  PersonAnswers(Optional<CallerTerminal> terminal, LoginRequest asked, Talk talk) {
    this.terminal = terminal;
    this.asked = asked;
    this.talk = talk;
  }

  @Override
  public boolean isInteractionAllowed(ClientSession session) {
    return terminal.isPresent();
  }

  @Override
  public void welcome(ClientSession session, String banner, String language) {
    banner.lines().forEach(talk::say);
  }

  @Override
  public String[] interactive(
      ClientSession session,
      String name,
      String instruction,
      String language,
      String[] prompts,
      boolean[] echo) {
    String[] answers = new String[prompts.length];
    for (int i = 0; i < prompts.length; i++) {
      answers[i] = ask("(" + asked + ") " + printable(prompts[i]), echo[i]).orElse("");
    }
    return answers;
  }

  @Override
  public String resolveAuthPasswordAttempt(ClientSession session) {
    return passwords++ < TRIES ? ask(asked + "'s password: ", false).orElse(null) : null;
  }

  @Override
  public String getUpdatedPassword(ClientSession session, String prompt, String language) {
    return ask(printable(prompt), false).orElse(null);
  }

  @Override
  public String getPassword(SessionContext session, NamedResource key, int tries) {
    return ask("Enter passphrase for key '" + key.getName() + "': ", false).orElse(null);
  }

  @Override
  public ResourceDecodeResult handleDecodeAttemptResult(
      SessionContext session, NamedResource key, int tries, String password, Exception failure)
      throws IOException, GeneralSecurityException {
    return terminal.isPresent() && tries + 1 < TRIES
        ? ResourceDecodeResult.RETRY
        : ResourceDecodeResult.IGNORE;
  }

  private Optional<String> ask(String question, boolean shown) {
    try {
      return terminal.isPresent() ? terminal.get().ask(question, shown) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
