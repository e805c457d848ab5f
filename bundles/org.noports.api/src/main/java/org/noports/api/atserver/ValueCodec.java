package org.noports.api.atserver;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Encrypts values and notifications between atSigns by something else than what every client can
 * read (docs/protocol/atprotocol.md 7), and decrypts what others wrote so. A value says by its
 * metadata which codec reads it: reading needs the codec's presence alone. Writing needs the
 * setting {@code sendCodec} of the sessions, which is empty at first.
 *
 * <p>A plug-in: register it with the property {@link #ID}. Thread-safe; called on an I/O loop, so
 * it blocks nowhere and computes for a few milliseconds at most. Stages may complete on any thread;
 * they fail with one of the {@link org.noports.api.NoPortsException} family.
 */
@ConsumerType
public interface ValueCodec {
  /** Service property: the {@code providerId} by which values name this codec. */
  String ID = "noports.value-codec";

  /**
   * Encrypts {@code clear} for the reader, who has what it needs to decrypt it when the stage
   * completes.
   *
   * @return empty if the reader cannot be written to by this codec and its settings allow the value
   *     to be encrypted as for every client
   */
  CompletionStage<Optional<SealedValue>> seal(
      ValueRecords records, ValueAddress address, String clear);

  /**
   * Decrypts what the writer encrypted for us.
   *
   * <p>Fails with {@link org.noports.api.ProtocolViolation} if it is not what was written under
   * that address.
   */
  CompletionStage<String> open(ValueRecords records, ValueAddress address, SealedValue sealed);
}
