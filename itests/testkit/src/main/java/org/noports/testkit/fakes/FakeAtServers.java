package org.noports.testkit.fakes;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.identity.Identity;

/** A world of atServers in memory: what atSigns publish, and a session for whoever asks. */
public final class FakeAtServers implements AtServers {
  final Map<AtSign, String> encryptionKeys = new ConcurrentHashMap<>();
  final Map<String, String> publicValues = new ConcurrentHashMap<>();
  private final Map<AtSign, FakeAtServerSession> sessions = new ConcurrentHashMap<>();
  private volatile Optional<NoPortsException> refusal = Optional.empty();

  /** Publishes an atSign's encryption public key: base64 X.509. */
  public void publishEncryptionKey(AtSign owner, String key) {
    encryptionKeys.put(owner, key);
  }

  /** Publishes both of an identity's public keys where peers look for them. */
  public void publish(Identity identity) {
    encryptionKeys.put(identity.atSign(), identity.encryptionPublicKey());
    publish(
        "_apsk." + identity.enrollmentId().orElse("primary") + ".a.__e",
        identity.atSign(),
        identity.authenticationPublicKey());
  }

  /** Publishes a value for everybody to read. */
  public void publish(String name, AtSign owner, String value) {
    publicValues.put(name + owner, value);
  }

  /** Stores a value as an atServer would have it; {@code key} is the whole key. */
  public void store(String key, String value) {
    publicValues.put(key, value);
  }

  /** Takes an identity's authentication key away, as a revocation does. */
  public void withdraw(Identity identity) {
    publicValues.remove(
        "_apsk." + identity.enrollmentId().orElse("primary") + ".a.__e" + identity.atSign());
  }

  /** From now on a session fails to open; empty heals. */
  public void refuse(Optional<NoPortsException> reason) {
    refusal = reason;
  }

  /** The session of one atSign, for the test to look at and to speak through. */
  public FakeAtServerSession of(AtSign self) {
    return sessions.computeIfAbsent(self, atSign -> new FakeAtServerSession(this, atSign));
  }

  @Override
  public CompletionStage<AtServerSession> session(AtSign self) {
    return refusal
        .<CompletionStage<AtServerSession>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(of(self)));
  }
}
