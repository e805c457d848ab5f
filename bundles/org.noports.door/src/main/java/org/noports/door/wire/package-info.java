/**
 * What passes through the door, on both of its sides: the command line program ({@code
 * org.noports.door.cli}) and the instance ({@code org.noports.door}). JDK only.
 *
 * <h2>Protocol, version 1</h2>
 *
 * <p>A Unix domain stream socket. Both sides send frames: one byte of kind, four bytes of length
 * (big-endian, at most 65536), then that many bytes. A longer frame, an unknown kind or one that
 * does not fit the moment ends the connection.
 *
 * <pre>
 * kind  from      name       payload
 * H     both      HELLO      text, a line each: "noports-door/1", then key=value (see Greeting)
 * A     caller    ARGUMENTS  each argument as four bytes of length and UTF-8; starts the work
 * i     caller    STDIN      bytes, never more than was asked for
 * e     caller    STDIN_EOF  empty
 * w     caller    RESIZE     columns and rows, two bytes each
 * c     caller    INTERRUPT  empty; the work's thread is interrupted
 * n     instance  WANT       four bytes: how many more bytes of STDIN may be sent
 * q     instance  ECHO       four bytes: 0, the caller's terminal shows no more what is typed; 1, again; 2, it is raw
 * o     instance  STDOUT     bytes
 * r     instance  STDERR     bytes
 * x     instance  EXIT       four bytes: the exit code; the instance then closes
 * </pre>
 *
 * <p>The caller greets first and gives its arguments within {@code helloSeconds}. The greeting's
 * {@code mode} says what the arguments are for: {@code command} (a shell command and its
 * arguments), {@code console} (an interactive shell, the caller's terminal is raw), {@code raw} (a
 * service named by the first argument that takes the bytes as they are) and {@code control} (the
 * instance itself: down, stay, status, version, help). The caller reads its own standard input only
 * after a WANT, so a command that reads nothing takes nothing. ECHO goes only to callers that greet
 * with {@code hides=yes}, its 2 only to those with {@code typing=yes}, and a caller shows again
 * what is typed when the call ends. A caller that goes away has interrupted.
 *
 * <p>Fixed: all of this, for both sides may be of different releases. Free: everything else.
 */
package org.noports.door.wire;
