package org.noports.api.identity;

import java.nio.file.Path;
import java.util.List;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;

/** The identities of this machine: found in the key folders of its configuration. */
public interface Identities {
  /**
   * The identity of {@code atSign}, read from its key file at first use and again when the file has
   * changed.
   *
   * @throws IdentityUnusable naming the file and what to do, if it is missing, unreadable or not
   *     this atSign's
   */
  Identity identity(AtSign atSign) throws IdentityUnusable;

  /** Every atSign with a key file, in order; does not open the files. */
  List<AtSign> present();

  /** Where the key file of {@code atSign} is, or would be written. */
  Path keyFile(AtSign atSign);
}
