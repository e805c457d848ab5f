package org.noports.atserver.pq;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;

/** Where the seeds are that open what was sealed for us. */
interface OpeningKeys {
  /** The seed of the key of that name; from memory, so that an I/O loop may ask. */
  Optional<OwnSeeds.Seed> find(AtSign owner, String namespace, String kid) throws IdentityUnusable;
}
