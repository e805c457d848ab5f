package org.noports.api.atserver;

import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a {@link ValueCodec} may read and write in the name of the atSign that asks it: the records
 * that carry its keys. Thread-safe; stages fail and complete as those of {@link AtServerSession}
 * do. Valid as long as the call that it was handed to.
 */
@ProviderType
public interface ValueRecords {
  /** In whose name. */
  AtSign self();

  /** As {@link AtServerSession#lookUpPublic}. */
  CompletionStage<String> lookUpPublic(String name, AtSign owner);

  /**
   * A value that {@code owner} stored for us, as it was stored.
   *
   * <p>Fails with {@link org.noports.api.ValueNotFound} if there is none, with {@link
   * org.noports.api.ProtocolViolation} if it was not written by a codec.
   */
  CompletionStage<SealedValue> lookUpSealed(String name, AtSign owner);

  /** Stores a value for {@code reader} as it is; once it is stored it can be read there. */
  CompletionStage<Void> putSealed(String name, AtSign reader, SealedValue value, Lifetime lifetime);
}
