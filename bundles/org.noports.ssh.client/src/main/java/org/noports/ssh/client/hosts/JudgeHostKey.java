package org.noports.ssh.client.hosts;

import java.util.List;
import java.util.function.Consumer;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.StoreFailed;
import org.noports.api.ssh.SshPublicKey;
import org.noports.ssh.client.words.ProxyArguments;

/**
 * Decides whether a host key is the right one, so that ssh asks nobody: what the device signed for,
 * or, of a device that signs for none, what is known of it. A stranger's first key is believed as
 * far as the session that it came through.
 */
public final class JudgeHostKey {
  private final KnownHosts known;
  private final ProxyArguments asked;
  private final List<SshPublicKey> signed;
  private final Consumer<String> messages;
  private final String name;

  /**
   * A judge of one server.
   *
   * @param signed what the device signed for
   * @param messages for whoever asked
   */
  public JudgeHostKey(
      KnownHosts known,
      ProxyArguments asked,
      List<SshPublicKey> signed,
      Consumer<String> messages) {
    this.known = known;
    this.asked = asked;
    this.signed = List.copyOf(signed);
    this.messages = messages;
    this.name = asked.hostKeyName();
  }

  /** Called before the server's first byte goes to ssh, which then knows what it may see. */
  public void begin() throws StoreFailed {
    if (!signed.isEmpty()) {
      known.set(name, signed);
    }
  }

  /**
   * Called before ssh sees the key.
   *
   * @throws PeerUnverified if it is not what the device signed for
   */
  public void judge(SshPublicKey shown) throws NoPortsException {
    if (!signed.isEmpty()) {
      require(shown);
    } else if (known.of(name).isEmpty()) {
      known.set(name, List.of(shown));
      messages.accept(
          asked.device()
              + " vouches for no SSH host key (sshdHostKeys in its etc/org.noports.ssh.cfg): "
              + shown.kind()
              + " "
              + shown.fingerprint()
              + " is believed as its first, and no other from now on");
    }
  }

  private void require(SshPublicKey shown) throws PeerUnverified {
    if (!signed.contains(shown)) {
      throw new PeerUnverified(
          "WRONG SSH HOST KEY: "
              + asked.target()
              + " of "
              + asked.device()
              + " shows "
              + shown.kind()
              + " "
              + shown.fingerprint()
              + ", and the device signed for "
              + signed.stream().map(key -> key.kind() + " " + key.fingerprint()).toList()
              + ". No name, password or command was sent to it. Another server answers in place of the right one, or the"
              + " operator has given it a new key and not told the device (sshdHostKeys)");
    }
  }
}
