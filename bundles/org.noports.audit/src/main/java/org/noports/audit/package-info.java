/** What was asked, decided and done, in an append-only event file. */
package org.noports.audit;
