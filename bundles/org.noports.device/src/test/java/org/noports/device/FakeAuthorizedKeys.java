package org.noports.device;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.SessionRefused;
import org.noports.api.ssh.AuthorizedKeys;

/** Keys that stand nowhere. */
final class FakeAuthorizedKeys implements AuthorizedKeys {
  static final String PEM = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA\n";

  final List<String> added = new CopyOnWriteArrayList<>();
  final List<SessionId> granted = new CopyOnWriteArrayList<>();
  volatile boolean grants = true;
  volatile boolean accepts = true;

  @Override
  public boolean grantsKeys() {
    return grants;
  }

  @Override
  public boolean acceptsPublicKeys() {
    return accepts;
  }

  @Override
  public HostPort sshd() {
    return new HostPort("localhost", 22);
  }

  @Override
  public Granted grant(SessionId session) {
    granted.add(session);
    Secret key = Secret.owning(PEM.getBytes(StandardCharsets.US_ASCII));
    return new Granted() {
      @Override
      public Secret privateKey() {
        return key;
      }

      @Override
      public void close() {
        key.close();
      }
    };
  }

  @Override
  public Granted grantForward(SessionId session) {
    return grant(session);
  }

  @Override
  public boolean add(AtSign client, String publicKey) throws SessionRefused {
    if (!accepts) {
      throw new SessionRefused("no consent");
    }
    added.add(client + " " + publicKey);
    return true;
  }
}
