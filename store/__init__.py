"""Where everything is kept: tables, engine, migrations, files and the queries the other rooms share."""
