/**
 * Tests that run inside the application server, for what only a container can show: injection, transactions, timers,
 * migrations. The server is a running distribution; the tests are deployed beside its application, on the same database.
 */
package com.claudemesh.incontainer;
