package org.noports.client;

import org.noports.api.atserver.AtServerSession;
import org.noports.api.identity.Identity;

/**
 * Who asks.
 *
 * @param post our atSign at its atServer
 * @param identity signs for it
 */
record Self(AtServerSession post, Identity identity) {}
