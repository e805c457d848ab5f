package org.noports.shell;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;

/**
 * A peer as a person names it: {@code @device} with all its devices, or {@code dev1@device}.
 *
 * @param device empty for all
 */
record PeerArgument(AtSign atSign, Optional<DeviceName> device) {
  static PeerArgument of(String text) {
    int at = text.indexOf('@');
    return at <= 0
        ? new PeerArgument(AtSign.of(text), Optional.empty())
        : new PeerArgument(
            AtSign.of(text.substring(at)), Optional.of(DeviceName.of(text.substring(0, at))));
  }
}
