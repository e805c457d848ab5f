package org.noports.ssh.client.login;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/** Tells what both ends have agreed to: once to those who keep it, each time to the person. */
final class Exchanged implements SessionListener {
  private final Consumer<String> agreed;
  private final Talk talk;
  private boolean told;

  Exchanged(Consumer<String> agreed, Talk talk) {
    this.agreed = agreed;
    this.talk = talk;
  }

  @Override
  public void sessionNegotiationEnd(
      Session session,
      Map<KexProposalOption, String> ours,
      Map<KexProposalOption, String> theirs,
      Map<KexProposalOption, String> both,
      Throwable failure) {
    String exchange = both == null ? null : both.get(KexProposalOption.ALGORITHMS);
    if (exchange == null) {
      return;
    }
    talk.step(
        "key exchange "
            + exchange
            + ", there "
            + both.get(KexProposalOption.C2SENC)
            + ", back "
            + both.get(KexProposalOption.S2CENC)
            + ", compression "
            + both.get(KexProposalOption.C2SCOMP));
    if (!told) {
      told = true;
      agreed.accept(exchange);
    }
  }
}
