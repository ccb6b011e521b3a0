// Loaded before the server: when whoever started it is killed outright, it ends as suddenly (the database stays and is joined
// by the next start). A graceful end comes as a signal and never gets here.
process.channel?.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
