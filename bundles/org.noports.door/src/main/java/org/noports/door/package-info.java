/**
 * The command line reaches this instance through a Unix domain socket of its owner.
 *
 * <p>In order: {@code LocalDoor} (opens and closes it), {@code DoorLoop} (the one thread that
 * accepts, reads and writes), {@code Visitor} (one caller, from greeting to exit code), {@code
 * Work} (what it came for: a shell command, a console, raw bytes, or the instance itself). The
 * protocol is described in {@code org.noports.door.wire}; only that is fixed.
 *
 * <p>A command says how it ended by the session variable {@code noports.exit} (an {@code Integer});
 * without it a command that returns has ended with 0 and one that throws with 1. A command learns
 * who called from the session variables {@code noports.user} (the caller's name on this machine)
 * and {@code noports.restricted} ({@code true} for a member of the group who is not the owner). One
 * that asks for a secret turns the caller's echo off and on with {@code noports.echo} (a {@code
 * Consumer<Boolean>}), which is there if the caller can.
 */
package org.noports.door;
