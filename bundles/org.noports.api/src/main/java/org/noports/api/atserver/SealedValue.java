package org.noports.api.atserver;

import static java.util.Objects.requireNonNull;

/**
 * A value as it travels under a {@link ValueCodec}.
 *
 * @param text one line without white space
 * @param appMetadata what its reader needs beside it: a JSON object whose {@code providerId} names
 *     the codec
 */
public record SealedValue(String text, String appMetadata) {
  public SealedValue {
    requireNonNull(text, "text is null");
    requireNonNull(appMetadata, "appMetadata is null");
  }

  @Override
  public String toString() {
    return "SealedValue[" + text.length() + " chars]";
  }
}
