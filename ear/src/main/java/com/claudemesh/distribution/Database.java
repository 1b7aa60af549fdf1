package com.claudemesh.distribution;

import java.io.IOException;

/** Where the server keeps its rows. */
sealed interface Database permits EmbeddedPostgres, ExternalDatabase {

    /**
     * Returns once the database answers.
     *
     * @throws Refusal when it does not
     */
    DatabaseAddress start() throws IOException;
}
