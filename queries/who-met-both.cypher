// Persons who met $a and who met $b (persons or parties, required), with how often.
CALL {
  MATCH (one:Person)-[:ATTENDED]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
  UNION
  MATCH (one:State)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
  UNION
  MATCH (one:Organization)-[:PARTY_TO]->(m:Meeting)
  WHERE one.iri = $a
  RETURN m
}
WITH m
MATCH (m)<-[x:ATTENDED]-(p:Person)
WHERE m.status = 'held' AND p.iri <> $a AND p.iri <> $b AND x.onBehalfOf IS NOT NULL AND NOT $a ENDS WITH ('/' + x.onBehalfOf)
WITH p, count(DISTINCT m) AS met_a
MATCH (p)-[y:ATTENDED]->(n:Meeting)
WHERE n.status = 'held' AND y.onBehalfOf IS NOT NULL AND NOT $b ENDS WITH ('/' + y.onBehalfOf)
WITH p, met_a, n
MATCH (two)-[:ATTENDED|PARTY_TO]->(n)
WHERE two.iri = $b
WITH p, met_a, count(DISTINCT n) AS met_b
RETURN p.iri AS person, p.name AS name, met_a, met_b
ORDER BY met_a + met_b DESC, name
