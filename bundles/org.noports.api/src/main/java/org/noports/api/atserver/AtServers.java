package org.noports.api.atserver;

import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;

/** Sessions with atServers, one for each of our own atSigns, shared by all who ask. */
public interface AtServers {
  /**
   * The authenticated session of one of our atSigns, opened at first use and kept open; it
   * reconnects by itself.
   *
   * <p>Fails with {@link org.noports.api.IdentityUnusable}, {@link org.noports.api.AtSignNotFound},
   * {@link org.noports.api.DirectoryUnavailable} or {@link org.noports.api.AtServerUnavailable}.
   */
  CompletionStage<AtServerSession> session(AtSign self);
}
