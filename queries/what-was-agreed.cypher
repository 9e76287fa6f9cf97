// Agreed points and signed or adopted documents of held meetings, newest first.
// Parameters, null where not wanted: $party (person or party), $wanted (topic), $since, $until.
MATCH (m:Meeting)-[:AGREED]->(g:AgreedPoint)
RETURN m.iri AS meeting
