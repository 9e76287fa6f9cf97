// Values that reports give for one meeting where they differ, with the outlets that say so.
// Parameters, null where not wanted: $party (person or party IRI), $aboutOnly.
// The meetings are chosen first, by the parameter that an index answers.
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $party
  RETURN m
  UNION
  UNWIND CASE WHEN $party IS NULL THEN [1] ELSE [] END AS all
  MATCH (m:Meeting)-[:CLAIMED]->(:Report)
  RETURN m
}
WITH m
MATCH (m)-[c:CLAIMED]->(r:Report)
WHERE $aboutOnly IS NULL OR c.about = $aboutOnly
WITH m, c.about AS about, c.value AS value, r
OPTIONAL MATCH (r)-[:PUBLISHED_BY]->(o:Outlet)
WITH m, about, value, collect(DISTINCT o.name) AS outlets
RETURN m.iri AS meeting, m.when AS date, m.name AS label, about, value, outlets
ORDER BY m.date DESC, meeting, about, value
