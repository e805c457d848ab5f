/**
 * The program behind {@code bin/noports}: reaches the instance through its door, and starts one
 * where none runs. The JDK alone, because its start is part of every command's time; it shares
 * {@code org.noports.door.wire} with the instance and nothing else.
 *
 * <p>Free to change: all but the exit codes (0, 1 failed, 2 not understood, 130 interrupted) and
 * that standard output is the command's own.
 */
package org.noports.door.cli;
