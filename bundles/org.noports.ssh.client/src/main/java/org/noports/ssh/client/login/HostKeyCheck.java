package org.noports.ssh.client.login;

import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.StoreFailed;
import org.noports.api.ssh.SshPublicKey;
import org.noports.ssh.client.hosts.JudgeHostKey;
import org.noports.ssh.client.hosts.KnownHosts;
import org.noports.ssh.client.words.LoginRequest;

/**
 * Whether the server is the one that the device has signed for, or that is known by its name. Any
 * other is a loud stop, as it is of OpenSSH.
 */
final class HostKeyCheck implements ServerKeyVerifier {
  private static final String RULE = "@".repeat(59);

  private final KnownHosts known;
  private final LoginRequest asked;
  private final List<SshPublicKey> signed;
  private final Talk talk;
  private final String name;
  private final JudgeHostKey judge;
  private volatile Optional<NoPortsException> refusal = Optional.empty();

  HostKeyCheck(KnownHosts known, LoginRequest asked, List<SshPublicKey> signed, Talk talk) {
    this.known = known;
    this.asked = asked;
    this.signed = List.copyOf(signed);
    this.talk = talk;
    name = asked.way().hostKeyName();
    judge = new JudgeHostKey(known, asked.way(), signed, talk::warn);
  }

  /** Why the server was refused, if it was. */
  Optional<NoPortsException> refusal() {
    return refusal;
  }

  /** The kinds of keys that can show that it is the right server. */
  List<String> kinds() throws StoreFailed {
    judge.begin();
    return known.of(name).stream().map(SshPublicKey::kind).toList();
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    try {
      check(SshPublicKey.of(PublicKeyEntry.toString(key)));
      return true;
    } catch (NoPortsException e) {
      refusal = Optional.of(e);
    } catch (IllegalArgumentException e) {
      refusal = Optional.of(new PeerUnverified("The SSH server shows no host key: " + e, e));
    }
    return false;
  }

  private void check(SshPublicKey shown) throws NoPortsException {
    talk.step("the server's host key is " + shown.kind() + " " + shown.fingerprint());
    List<SshPublicKey> before = known.of(name);
    if (before.isEmpty() && signed.isEmpty() && asked.knownOnly()) {
      throw new PeerUnverified(
          "No SSH host key of "
              + name
              + " is known in "
              + known.file()
              + ", and an unknown one was not to be believed; it shows "
              + shown.fingerprint());
    }
    judge.judge(shown);
    if (!known.of(name).contains(shown)) {
      throw changed(before, shown);
    }
  }

  private PeerUnverified changed(List<SshPublicKey> before, SshPublicKey shown) {
    talk.say(RULE);
    talk.say("@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @");
    talk.say(RULE);
    talk.say("It is not the server it was, or somebody stands between. Nothing was sent.");
    talk.say("It shows " + shown.kind() + " " + shown.fingerprint());
    before.forEach(key -> talk.say("Known is " + key.kind() + " " + key.fingerprint()));
    talk.say("If the device really has a new one, forget the old:");
    talk.say("  ssh-keygen -R '" + name + "' -f '" + known.file() + "'");
    return new PeerUnverified(
        "The SSH host key of "
            + name
            + " is another one than before: "
            + shown.fingerprint()
            + "; forget the known one in "
            + known.file()
            + " if the device really has a new key");
  }
}
